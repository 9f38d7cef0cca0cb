# Sourced by the steps. What has been done is read from the chain itself, never from a note beside it: each
# step refuses when it finds its own result there.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
step=$(basename "$0" .sh)

die() { printf '%s: %s\n' "$step" "$*" >&2; exit 1; }

# options NAME...: reads `--NAME VALUE` into the variable NAME (dashes become underscores); all are required
# except those written `NAME?`.
options() {
  local wanted=" $* " name variable
  while [ ${#arguments[@]} -gt 0 ]; do
    name=${arguments[0]#--}
    [[ ${arguments[0]} == --* && ( $wanted == *" $name "* || $wanted == *" $name? "* ) ]] || die "unknown option ${arguments[0]}"
    [ ${#arguments[@]} -ge 2 ] || die "--$name needs a value"
    printf -v "${name//-/_}" '%s' "${arguments[1]}"
    arguments=("${arguments[@]:2}")
  done
  for name in "$@"; do
    variable=${name//-/_}
    [[ $name == *'?' ]] || [ -n "${!variable:-}" ] || die "--$name is missing"
  done
}

# needs PROGRAM...: stops where one is not installed.
needs() { for program in "$@"; do command -v "$program" >/dev/null || die "$program is not installed"; done; }

# A program's id, as compiled into its ELF; of the protocol where none is named.
program_id() { sed -n '/^\[programs.localnet\]/,/^\[/s/^'"${1:-work_token}"' = "\(.*\)"/\1/p' "$root/Anchor.toml"; }
