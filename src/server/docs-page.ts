import type { Route } from '../contract/route.ts'
import { ROUTES } from '../contract/routes.ts'

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const inert = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!)

/** The routes as a page that needs no script, no style and no network; the whole contract is `openapi.json`. */
export function docsPage(version: string): string {
  const rows = Object.values<Route>(ROUTES).map(
    ({ method, path, summary, permission }) =>
      `<tr><td><code>${method}</code></td><td><code>${inert(path)}</code></td><td>${inert(summary)}</td><td>${permission}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>ARIMA Forecaster ${inert(version)}</title></head>
<body>
<h1>ARIMA Forecaster ${inert(version)}</h1>
<p>The contract whole, for programs: <a href="/api/v2/openapi.json">OpenAPI 3.1</a>. Problems are <code>application/problem+json</code> (RFC 9457).</p>
<table border="1" cellpadding="6">
<thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Needs</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}
