/** What each key of a call does. */
import { say } from './say';

type Action = 'microphone' | 'camera' | 'screen' | 'hand' | 'chat' | 'help' | 'talk';

const keys = {
	microphone: 'keyMicrophone',
	camera: 'keyCamera',
	screen: 'keyScreen',
	hand: 'keyHand',
	chat: 'keyChat',
	talk: 'keyTalk',
	help: 'keyHelp',
} as const;

export function shortcutWords(action: Action): string {
	return say(keys[action]);
}
