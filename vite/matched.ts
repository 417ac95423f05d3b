/**
 * The build's configuration names files by patterns. If a file is moved or renamed, its pattern silently stops matching, and the build changes.
 * So every pattern must match something, or the build fails and says which does not.
 */
import type { Plugin, Rolldown } from 'vite';

/** @param patterns by the file that has them; each is tried on the ids of all modules of the client */
export function everyPatternMatches(patterns: Record<string, readonly RegExp[]>): Plugin {
	return {
		name: 'parley-every-pattern-matches',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		buildEnd(error) {
			if (error) return;
			const ids = [...this.getModuleIds()];
			const problems = Object.entries(patterns).flatMap(([place, group]) =>
				group
					.filter((pattern) => !ids.some((id) => pattern.test(id)))
					.map((pattern) => `${place}: no module of the client matches ${String(pattern)}`),
			);
			if (problems.length > 0) failBuild(this, problems.join('\n'));
		},
	};
}

/**
 * When one plugin fails, others that have nothing to close complain afterwards, and Vite shows only their error. So this prints the problem as
 * well.
 */
export function failBuild(plugin: Rolldown.PluginContext, problem: string): never {
	console.error(problem);
	return plugin.error(problem);
}
