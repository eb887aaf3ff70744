// Draws /openapi.json: every route with its parameters and what it returns, without anything from another host.

import { element, strings } from "./page.js";

function typeOf(schema = {}) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeOf).filter((t) => t !== "null").join(" | ");
  if (schema.type === "array") return `${typeOf(schema.items)}[]`;
  return schema.format ?? schema.type ?? "";
}

function table(title, rows) {
  const node = element("table");
  const head = element("tr");
  const cell = element("th", "", title);
  cell.colSpan = 3;
  head.append(cell);
  node.append(head);
  for (const row of rows) {
    const line = element("tr");
    line.append(...row.map((text) => element("td", "", text)));
    node.append(line);
  }
  return node;
}

function route(path, verb, operation) {
  const section = element("section");
  const title = element("h2");
  title.append(element("span", "verb", verb.toUpperCase()), path);
  section.append(title, element("p", "", operation.summary ?? ""));
  const body = operation.requestBody?.content?.["application/json"]?.schema?.properties ?? {};
  const parameters = [
    ...(operation.parameters ?? []).map((p) => [p.name, typeOf(p.schema), p.description ?? ""]),
    ...Object.entries(body).map(([name, schema]) => [name, typeOf(schema), schema.description ?? ""]),
  ];
  if (parameters.length) section.append(table(strings.api_parameters, parameters));
  const responses = Object.entries(operation.responses).map(([status, r]) => [status, typeOf(r.content?.["application/json"]?.schema), r.description]);
  section.append(table(strings.api_responses, responses));
  if (verb === "get" && !path.includes("{")) {
    const link = element("a", "", strings.api_try);
    link.href = path;
    section.append(link);
  }
  return section;
}

const { paths } = await (await fetch("/openapi.json")).json();
for (const [path, verbs] of Object.entries(paths)) {
  for (const [verb, operation] of Object.entries(verbs)) document.getElementById("api").append(route(path, verb, operation));
}
