import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../root";

/** How to start a browser. */
export interface Chromium {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const HOW_TO_GET_PICTURES =
  "For pictures install Chromium or Chrome, or name one in CHROMIUM, and run this again.";

const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * Browsers to try, best first: the one named by $CHROMIUM (and no other; "none" for no pictures),
 * an installed one, one of Playwright's, the one that came with the npm packages.
 */
export async function* chromiums(
  env: Readonly<Record<string, string | undefined>> = process.env,
): AsyncGenerator<Chromium> {
  // As root, and in containers without user namespaces, Chromium's own sandbox cannot start; the
  // page loads nothing but Plotly and our figures.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"];
  if (env.CHROMIUM) {
    if (fs.existsSync(env.CHROMIUM)) yield { executablePath: env.CHROMIUM, args };
    return;
  }
  for (const executablePath of [...USUAL, ...playwrights()])
    if (fs.existsSync(executablePath)) yield { executablePath, args };
  yield* bundledChromium(args);
}

/** Browsers in Playwright's cache, newest first. */
function playwrights(): string[] {
  const cache =
    process.platform === "darwin"
      ? path.join(os.homedir(), "Library", "Caches", "ms-playwright")
      : path.join(os.homedir(), ".cache", "ms-playwright");
  if (!fs.existsSync(cache)) return [];
  const inside = [
    ["chrome-linux", "chrome"],
    ["chrome-linux64", "chrome"],
    ["chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"],
    ["chrome-linux", "headless_shell"],
  ];
  return fs
    .readdirSync(cache)
    .filter((name) => /^chromium(_headless_shell)?-\d+$/.test(name))
    .sort((a, b) => Number(b.split("-")[1]) - Number(a.split("-")[1]))
    .flatMap((name) => inside.map((parts) => path.join(cache, name, ...parts)));
}

/**
 * The browser of the npm package @sparticuz/chromium (Linux on x86-64), unpacked once into
 * node_modules/.cache: first with the system's libraries, then with those that it brings.
 */
async function* bundledChromium(args: readonly string[]): AsyncGenerator<Chromium> {
  if (process.platform !== "linux" || process.arch !== "x64") return;
  const modules = path.join(projectRoot(), "node_modules");
  const manifest = path.join(modules, "@sparticuz", "chromium", "package.json");
  if (!fs.existsSync(manifest)) return;
  const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
  const folder = path.join(modules, ".cache", `chromium-${version}`);
  if (!fs.existsSync(folder)) await unpack(folder);
  const executablePath = path.join(folder, "chromium");
  const env = { FONTCONFIG_PATH: path.join(folder, "fonts") };
  const headless = [...args, "--headless=shell", "--no-zygote", "--single-process"];
  yield { executablePath, args: headless, env };
  const libraries = path.join(folder, "al2023", "lib");
  yield { executablePath, args: headless, env: { ...env, LD_LIBRARY_PATH: libraries } };
}

/** The package's own list of font folders has only /tmp and AWS's. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The package unpacks into the temporary folder, uses whatever is already there, and adds its libraries
 * only if it believes it runs on AWS. So it runs in a process of its own with a temporary folder of its
 * own, which is renamed when it is complete.
 */
async function unpack(folder: string): Promise<void> {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const aside = fs.mkdtempSync(`${folder}.`);
  try {
    const code = 'import("@sparticuz/chromium").then((m) => m.default.executablePath())';
    await promisify(execFile)(process.execPath, ["-e", code], {
      cwd: projectRoot(),
      env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
    });
    fs.writeFileSync(path.join(aside, "fonts", "fonts.conf"), FONTS);
    fs.renameSync(aside, folder);
  } catch (error) {
    fs.rmSync(aside, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error; // Somebody else may have unpacked it meanwhile.
  }
}
