/** The application's own check of types reads these files as well. */
export default { typescript: { ignoreBuildErrors: true } };
