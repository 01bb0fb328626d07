// npm run bench [-- linear pool vae vanilla-vae tokenizer language rmsd geodiff kernel own]: each benchmark in turn, in a process of its own.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { suggestion } from "../lib/errors";

const ALL = "linear pool vae vanilla-vae tokenizer language rmsd geodiff kernel own".split(" ");

const chosen = process.argv.slice(2);
for (const name of chosen)
  if (!ALL.includes(name)) {
    console.error(`There is no benchmark "${name}".${suggestion(name, ALL)}`);
    process.exit(1);
  }
let failed = false;
for (const name of chosen.length > 0 ? chosen : ALL) {
  console.log(`\n== ${name} ==`);
  const file = join(__dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", file], { stdio: "inherit" });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
