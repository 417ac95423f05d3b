/**
 * Draws Lucide's icons while building. Lucide's own icons hand their shapes to a component that assembles the same drawing on every page. Here
 * each icon is the finished drawing, and takes only the props that this app uses: `size`, `strokeWidth` and `class`. Saves 1.2 kB in a room and
 * 1.0 on the home page, compressed.
 *
 * @type {import('svelte/compiler').PreprocessorGroup}
 */
export const drawnIcons = {
	name: 'drawn-icons',
	markup({ content, filename }) {
		if (!/@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/.test(filename ?? '')) return;
		const data = /^const iconData = (.*);$/m.exec(content)?.[1];
		if (!data) throw new Error(`${filename} is no icon as Lucide used to write them`);
		/** @type {{ node: [string, Record<string, string>][] }} */
		const { node } = JSON.parse(data);
		const shapes = node.map(([tag, attributes]) => {
			const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
			return `<${tag} ${written.join(' ')} />`;
		});
		return {
			code: `<script>
	let { size = 24, strokeWidth = 2, class: given } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
	stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" class={given}>${shapes.join('')}</svg>
`,
		};
	},
};
