// Node resolves links before it sets __dirname, so this finds the project from .venv's link as well.
require("../../kernel/start.cjs")(process.argv[2]);
