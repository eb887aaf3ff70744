// The simulator's page: everything shown is built as text, never as markup.
const strings = JSON.parse(document.getElementById("strings").textContent);
const [talk, user, text] = ["talk", "user", "text"].map((id) => document.getElementById(id));
let shown = 0;

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
const say = (words) => post("/sim/say", { user: user.value, text: words });

function bubble(message) {
  const box = document.createElement("div");
  box.className = `bubble ${message.from}`;
  box.append(message.text ?? "");
  for (const attachment of message.attachments ?? []) box.append(attachment.payload.name ?? strings.picture);
  const payload = message.attachment?.payload ?? {};
  for (const element of payload.elements ?? []) {
    const picture = document.createElement("img");
    picture.src = `/pictures/${encodeURIComponent(element.attachment_id)}`;
    picture.alt = strings.picture;
    box.append(picture);
  }
  for (const { title, payload: words } of payload.buttons ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => say(words));
    box.append(button);
  }
  return box;
}

async function refresh() {
  const name = user.value;
  const response = await fetch(`/sim/said?user=${encodeURIComponent(name)}`).catch(() => null);
  if (!response?.ok || name !== user.value) return;
  const messages = (await response.json()).filter((m) => m.text || m.attachment || m.attachments);
  for (const message of messages.slice(shown)) talk.append(bubble(message));
  if (messages.length > shown) talk.scrollTop = talk.scrollHeight;
  shown = messages.length;
}

user.addEventListener("change", () => {
  talk.replaceChildren();
  shown = 0;
});
document.getElementById("follow").addEventListener("click", () => post("/sim/follow", { user: user.value }));
document.getElementById("faults").addEventListener("change", (event) =>
  post("/sim/faults", { rate: Number(event.target.value) }),
);
document.getElementById("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const query = new URLSearchParams({ user: user.value, name: file.name });
  await fetch(`/sim/file?${query}`, { method: "POST", body: file });
  event.target.value = "";
});
document.getElementById("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (words) say(words);
  text.value = "";
});
setInterval(refresh, 700);
refresh();
