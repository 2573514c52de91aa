/** The page's own words in the person's language; English sentences are the keys. */
import hu from './words/hu.js';
import pl from './words/pl.js';

const TABLES = { en: {}, pl, hu };
let language = 'en';
let plurals = new Intl.PluralRules('en');

/** Speaks `locale` ('pl-PL') from now on; English when it is none of ours. */
export function speak(locale) {
  const wanted = String(locale ?? '')
    .slice(0, 2)
    .toLowerCase();
  language = wanted in TABLES ? wanted : 'en';
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

export function languageSpoken() {
  return language;
}

/** A sentence; {facts} are put in as they are. */
export function t(sentence, facts = {}) {
  return put(TABLES[language][sentence] ?? sentence, facts);
}

/** Marks a sentence for the tables where it is not said yet. */
export const N_ = (sentence) => sentence;

/** A sentence with a number {n}, in the right plural form. */
export function tn(one, many, n, facts = {}) {
  const forms = TABLES[language][one];
  const sentence = forms
    ? (forms[plurals.select(n)] ?? forms.other)
    : plurals.select(n) === 'one'
      ? one
      : many;
  return put(sentence, { n, ...facts });
}

function put(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}
