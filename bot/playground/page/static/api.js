/** The way to the playground's server, as one person. */
import { t } from './i18n.js';
import { said } from './served.js';

let as = '';
let token = '';

/** From now on requests are made as this person. */
export function actAs(id) {
  as = id;
}

async function answerOf(request) {
  let response;
  try {
    response = await request;
  } catch (problem) {
    if (problem instanceof TypeError) return { ok: false, error: t('The playground cannot be reached.') };
    throw problem;
  }
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  if (!isJson)
    return { ok: false, error: t('The playground answered with {status}.', { status: response.status }) };
  const answer = await response.json();
  token = answer.token ?? token;
  return answer.ok === false ? { ...answer, error: said(answer.error ?? '') } : answer;
}

/** GET /page/…; what is undefined stays out of the query. */
export function read(path, facts = {}) {
  const query = new URLSearchParams(Object.entries({ as, ...facts }).filter(([, value]) => value));
  return answerOf(fetch(`/page/${path}?${query}`));
}

/** POST /page/act: something that this person does. */
export function act(what, facts = {}) {
  const body = JSON.stringify({ as, do: what, ...facts });
  return answerOf(
    fetch('/page/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-playground-token': token },
      body,
    }),
  );
}

/** Uploads a file; {file} when it is there. */
export function upload(file) {
  const form = new FormData();
  form.append('file', file, file.name);
  const headers = { 'x-playground-token': token };
  return answerOf(
    fetch(`/page/upload?as=${encodeURIComponent(as)}`, { method: 'POST', headers, body: form }),
  );
}

/** Where the bytes of a file are. */
export function fileUrl(file) {
  if (file.url) return file.url;
  return `/page/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name ?? 'file')}?as=${encodeURIComponent(as)}`;
}

const LONGEST_PAUSE = 5000;

/** Listens to the server for as long as the page lives. `onframe(frame)`, `onstate(isOpen)`; again after a cut. */
export function listen({ onframe, onstate }) {
  let pause = 300;
  const begin = () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/page/live?as=${encodeURIComponent(as)}`);
    socket.onopen = () => {
      pause = 300;
      onstate(true);
    };
    socket.onmessage = (event) => onframe(JSON.parse(event.data));
    socket.onclose = () => {
      onstate(false);
      setTimeout(begin, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  begin();
}
