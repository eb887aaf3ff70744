// Send a message and read the turn's server-sent events.

const PATIENCE_MS = 60000;

export class SendError extends Error {}

export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

// Calls onMessage for every reply; throws SendError (with the server's own words where it gave any) when the turn did not come through.
export async function send(conversation, messageId, text, onMessage) {
  const response = await fetch("/api/chat/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ conversation, message_id: messageId, message: text }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    throw new SendError(body?.error?.message ?? "");
  }
  let done = false;
  for await (const { name, data } of events(response.body)) {
    if (name === "message") onMessage(data);
    if (name === "done") done = true;
  }
  if (!done) throw new SendError("");
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
      if (fields.has("event")) yield { name: fields.get("event"), data: JSON.parse(fields.get("data")) };
    }
  }
}
