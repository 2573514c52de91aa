/** The page's own line icons, drawn on a 24 by 24 grid. */

const PATHS = {
  at: 'M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM15.8 8.4v5.2c0 1.5 1 2.4 2.2 2.4 1.6 0 3-1.4 3-4a9 9 0 1 0-3.6 7.2',
  bolt: 'M13 3 5.5 13.5H11L10 21l8-11h-5.5z',
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  calendar: 'M5 6h14v14H5zM5 10.5h14M8.5 3.5V8M15.5 3.5V8',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevron: 'm6 9.5 6 6 6-6',
  clip: 'M20 11.5 12 19.5a5 5 0 0 1-7.1-7.1l8.5-8.4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.6 1.6 0 0 1-2.3-2.3l7.3-7.3',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  code: 'm8.5 7-5 5 5 5M15.5 7l5 5-5 5',
  dots: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  down: 'M12 5v13M6.5 13l5.5 5.5 5.5-5.5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  external: 'M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z',
  file: 'M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8zM13.5 3v5h5',
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  home: 'm4 11 8-7 8 7v8.5a.5.5 0 0 1-.5.5H15v-6H9v6H4.5a.5.5 0 0 1-.5-.5z',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5M12 8h.01',
  italic: 'M10 5h7M7 19h7M14 5l-4 14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  list: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  lock: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  mail: 'M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7',
  menu: 'M4 7h16M4 12h16M4 17h16',
  message: 'M4 5.5h16v11H10.5L6 20.5v-4H4z',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  pencil: 'M4 20l1-4.5L16.5 4a2 2 0 0 1 3 3L8 18.5zM14.5 6l3 3',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.5c2.2.8 3.5 2.7 3.5 5.5',
  play: 'M8 5.5v13l10.5-6.5z',
  plus: 'M12 5v14M5 12h14',
  reply: 'M4 5.5h16v11h-8L7.5 20v-3.5H4zM8 9.5h8M8 12.5h5',
  robot:
    'M5 9.5h14v9H5zM12 9.5V6M9 13.5h.01M15 13.5h.01M9.5 16h5M12 4.5v.01M2.5 12.5v3M21.5 12.5v3',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20',
  send: 'M4 12 20.5 4.5 15.5 20l-4-6.5zM11.5 13.5l9-9',
  shared: 'M9.5 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM14.5 7a6 6 0 1 1 0 12 6 6 0 0 1 0-12z',
  smile:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.5h.01M15 9.5h.01',
  sort: 'M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5',
  strike:
    'M4 12h16M16.5 8c-.3-2-2-3-4.5-3-2.7 0-4.5 1.2-4.5 3.2 0 1.5 1 2.4 2.7 3M7.5 16c.3 2 2.2 3 4.7 3 2.6 0 4.5-1.2 4.5-3.3 0-.6-.1-1.1-.4-1.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.5 11v5.5M13.5 11v5.5',
  warning: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01',
};

const SVG = 'http://www.w3.org/2000/svg';

/** An icon that screen readers pass over. */
export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    'viewBox': '0 0 24 24',
    'width': size,
    'height': size,
    'class': `icon icon-${name}`,
    'aria-hidden': 'true',
  };
  Object.entries(attributes).forEach(([key, value]) => svg.setAttribute(key, value));
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.dots);
  svg.append(path);
  return svg;
}

/** The house's own sign: a door that stands ajar. */
export function logo(size = 28) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    'viewBox': '0 0 32 32',
    'width': size,
    'height': size,
    'class': 'logo',
    'aria-hidden': 'true',
  };
  Object.entries(attributes).forEach(([key, value]) => svg.setAttribute(key, value));
  const shapes = [
    ['logo-wall', 'M9 0h14a9 9 0 0 1 9 9v14a9 9 0 0 1-9 9H9a9 9 0 0 1-9-9V9a9 9 0 0 1 9-9z'],
    ['logo-frame', 'M9.5 25V12.5a6.5 6.5 0 0 1 13 0V25z'],
    ['logo-door', 'M9.5 25V12.5C9.5 9.7 11 7.6 13.5 6.5l5 3.4V27z'],
    ['logo-knob', 'M16 17.3a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2z'],
  ];
  for (const [name, d] of shapes) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
