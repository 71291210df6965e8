// Words that scripts show: Ukrainian first. Pure.

/** The words of the page's language. */
export const say = (language, uk, en) => (language === 'en' ? en : uk);

const rules = { uk: new Intl.PluralRules('uk'), en: new Intl.PluralRules('en') };

/** `5 звернень`: the number with the form of the word that it wants; forms are one, few, many. */
export function plural(language, count, one, few, many) {
  const form = (rules[language] ?? rules.uk).select(count);
  return `${count} ${{ one, few }[form] ?? many}`;
}

/** What the bar of a list says of the ticked rows. */
export const selected = (language, count) => language === 'en'
  ? `${plural('en', count, 'appeal', 'appeals', 'appeals')} selected`
  : `Вибрано ${plural('uk', count, 'звернення', 'звернення', 'звернень')}`;
