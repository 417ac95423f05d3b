/**
 * The order of imports as a house with floors (docs/ARCHITECTURE.md): a room, which is a folder, may import from itself and from the floors below
 * its own. Rooms on one floor don't know each other. `*` at the end means the files of that folder only, not the folders in it.
 */
export const floors = [
	['lib/protocol'],
	['lib/e2ee', 'lib/platform'],
	['lib/preferences', 'lib/call/transport', 'lib/call/signaling'],
	['lib/call/quality', 'lib/call/peer-messages'],
	['lib/call/adaptation', 'lib/call/chat', 'lib/call/media'],
	['lib/call/mesh', 'lib/call/room'],
	['lib/call/*'],
	['lib/layout', 'lib/check'],
	['lib/words', 'lib/system'],
	['lib/stores'],
	['lib/components/ui'],
	['lib/components/devices', 'lib/components/chat', 'lib/components/app'],
	['lib/components/call', 'lib/components/lobby'],
	['routes'],
];

/** Rooms outside the house. Each may import from one room only. */
export const annexes = { server: 'lib/protocol', 'service-worker': 'lib/protocol' };

/** @returns {{ room: string, may: string[] }[]} what each room may import from, including itself */
export function arrows() {
	const inside = floors.flatMap((rooms, floor) =>
		rooms.map((room) => ({ room, may: [room, ...floors.slice(0, floor).flat()] })),
	);
	const beside = Object.entries(annexes).map(([room, below]) => ({ room, may: [room, below] }));
	return [...inside, ...beside];
}
