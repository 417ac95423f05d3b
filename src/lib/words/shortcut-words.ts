/** What each key does in a call. */
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
