// The sign-in page: who is signed in, signing in by link code, signing out. Everything shown is set as text.
"use strict";

const part = (id) => document.getElementById(id);
// Widgets on other tabs, and this page there: who signs in or out does so everywhere.
const tabs = new BroadcastChannel("sauro");
const tell = () => tabs.postMessage({ kind: "switched" });

async function call(method, path, body) {
  const headers = { "Accept-Language": document.documentElement.lang };
  if (body) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const data = await response.json();
    return response.ok ? { data } : { problem: data.error.message };
  } catch {
    return { problem: document.body.dataset.offline };
  }
}

function show(account) {
  part("loading").hidden = true;
  part("signed-in").hidden = !account;
  part("signed-out").hidden = Boolean(account);
  if (!account) return;
  part("name").textContent = account.name || "–";
  part("role").textContent = document.body.dataset[account.role];
  part("agency").textContent = account.agency || "–";
  part("problem").textContent = "";
}

part("code-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  button.disabled = true;
  const { data, problem } = await call("POST", "/staff/link", { code: part("code").value });
  button.disabled = false;
  part("code").setAttribute("aria-invalid", String(Boolean(problem)));
  if (problem) {
    part("problem").textContent = problem;
    part("code").focus();
    return;
  }
  part("code").value = "";
  tell();
  show(data.account);
  part("signed-in-title").focus();
});

part("sign-out").addEventListener("click", async () => {
  const { problem } = await call("POST", "/staff/sign-out");
  part("problem").textContent = problem || "";
  if (problem) return;
  tell();
  show(null);
  part("code").focus();
});

async function look() {
  const { data, problem } = await call("GET", "/staff/me");
  if (problem) part("problem").textContent = problem;
  show(data ? data.account : null);
}

// Back from the provider. What it sent along with the browser is used up: it does not stay in the address bar.
if (location.pathname !== "/staff") {
  history.replaceState(null, "", "/staff");
  tell();
}
tabs.addEventListener("message", ({ data }) => data.kind === "switched" && look());
addEventListener("pageshow", ({ persisted }) => persisted && look());
look();
