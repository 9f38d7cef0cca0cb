# Sourced by the steps: arguments, and the record of what has been done on which chain.
# A chain is known by its genesis hash, because two URLs can be one chain and one URL can become another.
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

# once KEY: stops if this step has been done with this key on the chain of $url; otherwise says in $record where to note it.
once() {
  record=$root/migrations/done/$(solana genesis-hash --url "$url")/$step.$1
  [ ! -e "$record" ] || die "already done on this chain, see ${record#"$root/"}"
  mkdir -p "$(dirname "$record")"
}
