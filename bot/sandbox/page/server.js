// The sandbox's control endpoints.

async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(`/sandbox/${path}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export const loadState = () => request("GET", "state");
export const letPass = (time) => request("POST", "clock", time);
export const addPerson = (about) => request("POST", "people", about);
export const loadPerson = (id) => request("GET", `people/${id}`);
export const loadChanges = (id, after) => request("GET", `people/${id}/changes?after=${after}`);
export const press = (id, messageId, data) => request("POST", `people/${id}/press`, { message_id: messageId, data });
export const tap = (id, text) => request("POST", `people/${id}/tap`, { text });
export const setStanding = (id, standing) => request("POST", `people/${id}/standing`, { standing });
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

export function say(id, kind, fields = {}) {
  const form = new FormData();
  form.set("kind", kind);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return request("POST", `people/${id}/messages`, form);
}

// Calls back with the id of whoever's chat has changed, and with the state of the connection.
export function listen(onChange, onConnection) {
  const events = new EventSource("/sandbox/events");
  events.onmessage = (event) => onChange(JSON.parse(event.data));
  events.onopen = () => onConnection(true);
  events.onerror = () => onConnection(false);
}
