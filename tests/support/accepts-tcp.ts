/** Whether somebody listens on a port of this machine. */
import { connect } from 'node:net';

export function acceptsTcp(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const end = (accepted: boolean) => {
			socket.destroy();
			resolve(accepted);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
	});
}
