/** The folder that the user's paths start from. npm runs commands in the project's, and tells where it was called. */
export const calledFrom = (): string => process.env.INIT_CWD ?? process.cwd();
