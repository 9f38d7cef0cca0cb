// A Surfnet for the wire tests: a chain behind real JSON-RPC, on loopback, without any other network.
//
// Usage: node surfnet.cjs ADDON_DIRECTORY. The first line on stdout is {"url": ...}. Each further line on stdin is a command, and is
// answered by one line, {"ok": ...} or {"error": ...}:
//   {"deploy": {"programId": ADDRESS, "soPath": FILE}}   {"fund": {"address": ADDRESS, "lamports": N}}   {"travelTo": UNIX_SECONDS}
// It ends with its stdin, so that it never outlives the test.
'use strict';

const readline = require('node:readline');

const { Surfnet } = require(process.argv[2]);

const surfnet = Surfnet.startWithConfig({ offline: true });

function answer(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function run(command) {
  if (command.deploy) {
    surfnet.deploy(command.deploy);
  } else if (command.fund) {
    surfnet.fundSol(command.fund.address, command.fund.lamports);
  } else if (command.travelTo) {
    surfnet.timeTravelToTimestamp(command.travelTo * 1000);
  } else {
    throw new Error(`unknown command ${JSON.stringify(command)}`);
  }
}

answer({ url: surfnet.rpcUrl });

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => {
  try {
    run(JSON.parse(line));
    answer({ ok: true });
  } catch (error) {
    answer({ error: String(error.message || error) });
  }
});
lines.on('close', () => process.exit(0));
