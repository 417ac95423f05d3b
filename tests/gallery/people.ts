/** People made of a canvas: a moving picture and a name, without a camera. */
import { goodQuality } from '../../src/lib/call/quality/quality';
import type { ParticipantSnapshot } from '../../src/lib/call/room/room-state';

const names = [
	'Ada Lovelace',
	'Grace Hopper',
	'Katherine Johnson',
	'Alan',
	'Margaret Hamilton',
	'Radia Perlman',
	'Edsger W. Dijkstra',
	'Barbara Liskov',
	'Tim',
	'Hedy Lamarr',
	'Annie Easley',
	'Maximiliana Featherstonehaugh-Cholmondeley',
];

export function fakePerson(index: number, change: Partial<ParticipantSnapshot> = {}): ParticipantSnapshot {
	const name = names[index % names.length] ?? 'Ada';
	const camera = index % 4 !== 3;
	return {
		id: `participant-${index}`,
		incarnation: `page-load-${index}`,
		name,
		label: name,
		connection: 'connected',
		pathFailure: null,
		quality: goodQuality,
		away: false,
		publications: { microphone: index % 3 !== 1, camera, screen: false },
		interruption: null,
		handRaisedAt: null,
		speaking: false,
		audioStream: null,
		audible: false,
		screenAudioStream: null,
		cameraStream: camera ? fakeCamera(index) : null,
		screenStream: null,
		...change,
	};
}

/** Head and shoulders before a wall, breathing. Every third one holds the phone upright. */
export function fakeCamera(index: number): MediaStream {
	const upright = index % 3 === 2;
	return draw(upright ? 360 : 640, upright ? 640 : 360, 12, (context, { width, height, time }) => {
		const hue = (index * 67 + 30) % 360;
		const wall = context.createLinearGradient(0, 0, width, height);
		wall.addColorStop(0, `hsl(${hue} 22% 62%)`);
		wall.addColorStop(1, `hsl(${hue + 40} 26% 38%)`);
		context.fillStyle = wall;
		context.fillRect(0, 0, width, height);
		const sway = Math.sin(time / 700 + index) * 6;
		const head = Math.min(width, height) * 0.19;
		context.fillStyle = `hsl(${((index * 31) % 30) + 12} 42% ${34 + ((index * 17) % 40)}%)`;
		circle(context, width / 2 + sway, height * 0.43, head);
		context.fillStyle = `hsl(${hue + 170} 34% 34%)`;
		circle(context, width / 2 + sway / 2, height * 1.02, head * 2.05);
	});
}

/** A document with lines of text. */
export function fakeScreen(): MediaStream {
	return draw(1280, 800, 4, (context, { width, height, time }) => {
		context.fillStyle = '#fdfdfb';
		context.fillRect(0, 0, width, height);
		context.fillStyle = '#1d3557';
		context.font = '600 54px system-ui';
		context.fillText('Quarterly plan', 90, 130);
		context.fillStyle = '#c9d2da';
		for (let line = 0; line < 14; line++) {
			context.fillRect(90, 190 + line * 40, 500 + ((line * 173) % 560), 14);
		}
		context.fillStyle = '#2a9d8f';
		context.fillRect(90, height - 60, (time / 20) % (width - 180), 10);
	});
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
	context.beginPath();
	context.arc(x, y, radius, 0, Math.PI * 2);
	context.fill();
}

type Painter = (
	context: CanvasRenderingContext2D,
	frame: { width: number; height: number; time: number },
) => void;

function draw(width: number, height: number, framesPerSecond: number, paint: Painter): MediaStream {
	const canvas = document.createElement('canvas');
	Object.assign(canvas, { width, height });
	const context = canvas.getContext('2d') as CanvasRenderingContext2D;
	const frame = () => paint(context, { width, height, time: performance.now() });
	frame();
	setInterval(frame, 1000 / framesPerSecond);
	return canvas.captureStream(framesPerSecond);
}
