import { mount } from 'svelte';
import '../../src/app.css';
import { loadWords } from '../../src/lib/words/say';
import { allParts } from '../../src/lib/words/languages';
import Gallery from './Gallery.svelte';

await loadWords(...allParts);
mount(Gallery, { target: document.querySelector('#app') as HTMLElement });
