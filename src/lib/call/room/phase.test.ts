import { describe, expect, it } from 'vitest';
import { seededRandom, seedFromEnvironment } from '../../../../tests/support/random';
import { firstPhase, nextPhase, type PhaseAction, type PhaseEvent, type PhaseState } from './phase';

const full = { code: 'room-full', limit: 8 } as const;
const takenOver = { code: 'taken-over' } as const;

const states = {
	lobby: { phase: 'lobby', failure: null },
	refused: { phase: 'lobby', failure: full },
	waiting: { phase: 'waiting-for-seat' },
	joining: { phase: 'joining', waited: false },
	'joining by itself': { phase: 'joining', waited: true },
	'in call': { phase: 'in-call' },
	'hung up': { phase: 'ended', failure: null },
	thrown: { phase: 'ended', failure: takenOver },
	closed: { phase: 'closed' },
} as const satisfies Record<string, PhaseState>;

const events = {
	join: { type: 'join', secure: true },
	'join insecurely': { type: 'join', secure: false },
	wait: { type: 'wait', seatFree: false },
	'wait with a seat free': { type: 'wait', seatFree: true },
	'stop waiting': { type: 'stop-waiting' },
	leave: { type: 'leave' },
	reopen: { type: 'reopen' },
	close: { type: 'close' },
	'seat free': { type: 'seat-free' },
	welcome: { type: 'welcome' },
	'ended: full': { type: 'session-ended', failure: full },
	'ended: taken over': { type: 'session-ended', failure: takenOver },
} as const satisfies Record<string, PhaseEvent>;

type StateName = keyof typeof states;
type EventName = keyof typeof events;
type Outcome = [PhaseState, ...PhaseAction[]];

const ask: PhaseAction[] = ['ask-to-join'];
const hangUp: Outcome = [
	states['hung up'],
	...(['forget-seat', 'lower-hand', 'leave-visit', 'release-devices'] as const),
];
const thrown = (failure: typeof full | typeof takenOver): Outcome => [
	{ phase: 'ended', failure },
	...(['forget-seat', 'end-visit', 'release-devices'] as const),
];
const refused = (state: PhaseState): Outcome => [state, 'forget-seat', 'end-visit', 'begin-visit'];
const closed: Outcome = [states.closed, 'forget-seat', 'leave-visit', 'release-devices'];
const reopened: Outcome = [states.lobby, 'begin-visit', 'start-devices'];
const calledOff: Outcome = [states.lobby, 'leave-visit', 'begin-visit'];

const lobby: Partial<Record<EventName, Outcome>> = {
	join: [states.joining, ...ask],
	'join insecurely': [{ phase: 'lobby', failure: { code: 'insecure' } }],
	wait: [states.waiting],
	'wait with a seat free': [states['joining by itself'], ...ask],
	close: closed,
};

/** What is not listed does nothing. */
const table: Record<StateName, Partial<Record<EventName, Outcome>>> = {
	lobby,
	refused: lobby,
	waiting: {
		'seat free': [states['joining by itself'], ...ask],
		'stop waiting': [states.lobby],
		close: closed,
	},
	joining: {
		welcome: [states['in call'], 'enter'],
		'stop waiting': calledOff,
		leave: hangUp,
		close: closed,
		'ended: full': refused(states.refused),
		'ended: taken over': refused({ phase: 'lobby', failure: takenOver }),
	},
	'joining by itself': {
		welcome: [states['in call'], 'enter'],
		'stop waiting': calledOff,
		leave: hangUp,
		close: closed,
		'ended: full': refused(states.waiting),
		'ended: taken over': refused({ phase: 'lobby', failure: takenOver }),
	},
	'in call': {
		leave: hangUp,
		close: closed,
		'ended: full': thrown(full),
		'ended: taken over': thrown(takenOver),
	},
	'hung up': { reopen: reopened, close: [states.closed] },
	thrown: { reopen: reopened, close: [states.closed] },
	closed: {},
};

const stateNames = Object.keys(states) as StateName[];
const eventNames = Object.keys(events) as EventName[];

describe.each(stateNames)('in the phase “%s”', (stateName) => {
	it.each(eventNames)('the event “%s” does what the table says', (eventName) => {
		const before = states[stateName];
		const [state, ...actions] = table[stateName][eventName] ?? [before];
		const step = nextPhase(before, events[eventName]);
		expect(step).toEqual({ state, actions });
		// What means nothing changes nothing: the very same state tells that there is nothing to show.
		if (!table[stateName][eventName]) expect(step.state).toBe(before);
	});
});

/** What the actions come to, for whoever performs them: none may be asked for what can't be done. */
const freshWorld = () => ({ visit: true, session: false, inside: false, devices: true, seat: false });
type World = ReturnType<typeof freshWorld>;

const performed: Record<PhaseAction, (world: World) => void> = {
	'ask-to-join'(world) {
		expect(world).toMatchObject({ visit: true, session: false });
		world.session = true;
	},
	enter(world) {
		expect(world).toMatchObject({ visit: true, session: true, inside: false });
		world.inside = world.seat = true;
	},
	'forget-seat': (world) => (world.seat = false),
	'lower-hand': () => {},
	'leave-visit': (world) => endVisit(world),
	'end-visit': (world) => endVisit(world),
	'begin-visit'(world) {
		expect(world.visit).toBe(false);
		world.visit = true;
	},
	'start-devices'(world) {
		expect(world.devices).toBe(false);
		world.devices = true;
	},
	'release-devices'(world) {
		expect(world.devices).toBe(true);
		world.devices = false;
	},
};

function endVisit(world: World): void {
	expect(world.visit).toBe(true);
	world.visit = world.session = world.inside = false;
}

const asItShouldBe: Record<PhaseState['phase'], World> = {
	lobby: { visit: true, session: false, inside: false, devices: true, seat: false },
	'waiting-for-seat': { visit: true, session: false, inside: false, devices: true, seat: false },
	joining: { visit: true, session: true, inside: false, devices: true, seat: false },
	'in-call': { visit: true, session: true, inside: true, devices: true, seat: true },
	ended: { visit: false, session: false, inside: false, devices: false, seat: false },
	closed: { visit: false, session: false, inside: false, devices: false, seat: false },
};

it('whatever happens in whatever order, what is open is what the phase needs', () => {
	const seed = seedFromEnvironment();
	const random = seededRandom(seed);
	const seen = new Set<string>();
	for (let run = 0; run < 60; run++) {
		const world = freshWorld();
		let state: PhaseState = firstPhase;
		const history: string[] = [];
		for (let count = 0; count < 60; count++) {
			// Whoever closes the page does so once.
			const name = random.pick(eventNames.filter((name) => name !== 'close' || random.chance(0.05)));
			const step = nextPhase(state, events[name]);
			history.push(name);
			for (const action of step.actions) performed[action](world);
			state = step.state;
			seen.add(state.phase);
			expect(world, `seed ${seed}, after ${history.join(', ')}`).toEqual(asItShouldBe[state.phase]);
		}
	}
	expect([...seen].sort()).toEqual(Object.keys(asItShouldBe).sort());
});
