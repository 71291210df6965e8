// What is wrong with the page as it is now, in words; run in the page. `phone`: targets are for fingers.
// Rules: WCAG 2.2 AA where a machine can tell, and the workspace's own (no ellipsis, no lock without a reason, no inline style).
(phone) => {
  const faults = [], all = (s, r = document) => [...r.querySelectorAll(s)];
  const box = e => e.getBoundingClientRect(), css = e => getComputedStyle(e);
  const name = e => `<${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${e.getAttribute('class') ? '.' + e.getAttribute('class').split(/\s+/)[0] : ''}> «${(e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}»`;
  const fault = (rule, e, seen = '') => faults.push(`${rule}: ${e ? name(e) : ''}${seen ? ' ' + seen : ''}`);
  const seen = e => { const b = box(e); return b.width > 0 && b.height > 0 && css(e).visibility !== 'hidden' && css(e).display !== 'none'; };
  const hiddenText = e => e.closest('.sr') || (box(e).width <= 1 && box(e).height <= 1);
  const spoken = e => {
    if (e.nodeType === 3) return e.data;
    if (e.nodeType !== 1 || e.getAttribute('aria-hidden') === 'true' || e.hidden) return '';
    if (e.getAttribute('aria-label')) return e.getAttribute('aria-label');
    if (e.tagName === 'IMG') return e.alt;
    return [...e.childNodes].map(spoken).join(' ');
  };
  const byIds = ids => (ids || '').split(/\s+/).filter(Boolean).map(id => document.getElementById(id)).filter(Boolean).map(spoken).join(' ');
  const called = e => (byIds(e.getAttribute('aria-labelledby')) || e.getAttribute('aria-label') || [...(e.labels || [])].map(spoken).join(' ') || (/^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName) ? '' : spoken(e)) || e.getAttribute('title') || '').trim();

  // The document.
  if (!document.documentElement.lang) fault('the page says no language');
  if (!document.title.trim()) fault('the page has no title');
  if (all('main').length !== 1) fault('not one main', null, String(all('main').length));
  if (all('h1').length !== 1) fault('not one h1', null, String(all('h1').length));
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) {
    const wide = all('body *').filter(e => seen(e) && box(e).right > document.documentElement.clientWidth + 1 && !e.closest('.scroll')).pop();
    fault('the page is wider than the screen', wide, `${document.documentElement.scrollWidth} px`);
  }
  let level = 0;
  for (const h of all('h1,h2,h3,h4,h5,h6').filter(seen)) {
    const l = Number(h.tagName[1]);
    if (level && l > level + 1) fault('a level of headings is left out', h);
    level = l;
  }
  const ids = new Map();
  for (const e of all('[id]')) { if (ids.has(e.id)) fault('an id twice', e, e.id); ids.set(e.id, e); }
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-details', 'for', 'list'])
    for (const e of all(`[${attribute}]`)) for (const id of e.getAttribute(attribute).split(/\s+/)) if (!ids.has(id)) fault(`${attribute} names nothing`, e, id);
  for (const e of all('a[href^="#"]')) { const id = e.getAttribute('href').slice(1); if (id && !ids.has(id)) fault('a link into nothing', e, id); }
  for (const e of all('svg use')) { const id = (e.getAttribute('href') || '').replace(/^.*#/, ''); if (e.getAttribute('href')?.startsWith('#') && !ids.has(id)) fault('an icon that is not there', e.closest('a,button,p,span,div'), id); }

  // Names.
  for (const e of all('input:not([type=hidden]),select,textarea')) if (!called(e)) fault('a field without a name', e, e.name);
  for (const e of all('button,a[href],summary,[role=button]')) if (!e.closest('[hidden]') && !called(e)) fault('nothing says what it does', e, e.getAttribute('href') || '');
  for (const e of all('img:not([alt])')) fault('an image without alt', e);
  for (const e of all('svg')) if (e.getAttribute('aria-hidden') !== 'true' && !e.hidden && !(e.getAttribute('role') === 'img' && (e.getAttribute('aria-label') || e.querySelector('title')))) fault('an icon that is neither hidden nor named', e.parentElement);
  for (const t of all('table')) {
    if (!t.querySelector('caption') && !t.getAttribute('aria-label') && !t.getAttribute('aria-labelledby')) fault('a table without a name', t);
    for (const th of all('th', t)) if (!th.scope) fault('a heading of a table without its scope', th);
  }
  for (const e of all('ul,ol')) for (const c of e.children) if (c.tagName !== 'LI') fault('no item in a list', c);
  for (const e of all('[tabindex]')) if (Number(e.getAttribute('tabindex')) > 0) fault('a tab order of its own', e);
  for (const e of all('[style]')) fault('an inline style', e);
  for (const e of all('script:not([src])')) if (e.textContent.trim() && e.type !== 'application/json') fault('an inline script', e);
  for (const e of all('[required]')) fault('a bubble of the browser (required)', e);
  for (const e of all('button:disabled,[aria-disabled=true],input:disabled,select:disabled,textarea:disabled')) if (!byIds(e.getAttribute('aria-describedby')).trim()) fault('locked without a reason', e);
  for (const e of all('[aria-invalid=true]')) if (!byIds(e.getAttribute('aria-describedby')).trim()) fault('wrong without a word why', e);
  for (const e of all('fieldset')) if (!e.querySelector('legend') && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')) fault('a group without a name', e);

  // What is seen.
  const rgb = text => { const m = text.match(/[\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 }; };
  const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const light = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
  const ground = e => {
    const layers = [];
    for (let p = e; p; p = p.parentElement) { const c = rgb(css(p).backgroundColor); if (c.a > 0) layers.push(c); if (c.a === 1) break; }
    return layers.reverse().reduce((below, top) => over(top, below), rgb(matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(15,22,20)' : 'rgb(255,255,255)'));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), told = new Set();
  for (let t = walker.nextNode(); t; t = walker.nextNode()) {
    const e = t.parentElement;
    if (!t.data.trim() || !seen(e) || hiddenText(e) || e.closest('script,style,option,noscript,dialog:not([open])')) continue;
    const style = css(e), size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 600;
    if (size < 13 && !e.closest('kbd')) fault('too small to read', e, `${size} px`);
    if (style.textOverflow === 'ellipsis') fault('cut with …', e);
    const back = ground(e), fore = over(rgb(style.color), back), [a, b] = [light(fore), light(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const wanted = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5, key = style.color + style.backgroundColor + e.className;
    if (ratio < wanted && !told.has(key) && !e.closest(':disabled,[aria-disabled=true]')) { told.add(key); fault('too little contrast', e, ratio.toFixed(2)); }
  }
  const least = phone ? 44 : 24;
  for (const e of all('button,input:not([type=hidden]),select,textarea,summary,a[href]')) {
    if (!seen(e) || hiddenText(e) || e.matches('.skip') || e.closest('dialog:not([open])')) continue;
    if (e.matches('[type=checkbox],[type=radio]') && (e.closest('label') || e.labels?.length)) { const l = e.closest('label') || e.labels[0]; if (box(l).height < 23.5) fault('hard to hit', l, `${box(l).height.toFixed(0)} px`); continue; }
    // A link within a sentence or a row is as high as its line (WCAG 2.5.8, "Inline").
    if (e.tagName === 'A' && (css(e).display.startsWith('inline') || e.closest('.steps,.row,footer')) && !e.matches('.btn,.chip')) continue;
    const b = box(e);
    if (b.height < (phone && e.matches('[type=checkbox],[type=radio]') ? 24 : least) - 0.5 && !e.closest('p,dd,li.tl')) fault('hard to hit', e, `${b.width.toFixed(0)}×${b.height.toFixed(0)} px`);
  }
  return [...new Set(faults)];
}
