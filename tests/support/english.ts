/** Unit tests find all sentences there, in English, as every page does. */
import { allParts } from '../../src/lib/words/languages';
import { loadWords } from '../../src/lib/words/say';

await loadWords(...allParts);
