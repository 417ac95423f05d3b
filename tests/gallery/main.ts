import { mount } from 'svelte';
import '../../src/app.css';
import { loadWords } from '../../src/lib/words/say';
import { allParts } from '../../src/lib/words/languages';
import Gallery from './Gallery.svelte';

const language = new URLSearchParams(location.search).get('language') ?? 'en';
document.documentElement.lang = language;
document.documentElement.dir = language === 'ar-XB' ? 'rtl' : 'ltr';
await loadWords(...allParts);
mount(Gallery, { target: document.querySelector('#app') as HTMLElement });
