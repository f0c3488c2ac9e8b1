// biome-ignore lint/style/noDefaultExport: PostCSS finds its configuration by it.
export default { plugins: { "@tailwindcss/postcss": {} } };
