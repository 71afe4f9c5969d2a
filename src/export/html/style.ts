/** The one style sheet of the page: tokens of the design, both themes, print. */
export const STYLE = `:root{--paper:#FBFBFA;--surface:#FFF;--ink:#1C2024;--muted:#5B6470;--line:#E3E6E8;--accent:#0B7A75;--good:#2B7A3D;--attention:#B45F06;--bad:#B3261E;--info:#2D5FA4}
@media (prefers-color-scheme:dark){:root{--paper:#14171A;--surface:#1B1F23;--ink:#E8EAEC;--muted:#9AA4AE;--line:#2C3238;--accent:#35B8AE;--good:#7CC48C;--attention:#E8A33D;--bad:#F2918B;--info:#8FB7EE}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:32px 24px}
h1{font-size:28px;line-height:1.2;margin:0 0 8px;font-weight:600}
h2{font-size:20px;margin:48px 0 12px;font-weight:600}
h3{font-size:16px;margin:0 0 4px;font-weight:600;overflow-wrap:anywhere}
p{margin:0 0 8px;max-width:68ch}
.lead{font-size:16px}
.muted,caption,dt{color:var(--muted)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:16px;margin:24px 0;padding:0}
.facts div{border-top:2px solid var(--accent);padding-top:8px}
.facts dt{font-size:12px}
.facts dd{margin:0;font-size:20px;font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:6px 12px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}
thead th{word-break:keep-all;border-bottom:1px solid var(--accent);font-weight:600}
tbody th{font-weight:600;overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap;overflow-wrap:normal}
.w{min-width:20ch}
.bad{color:var(--bad)}.attention{color:var(--attention)}.info{color:var(--info)}.good{color:var(--good)}
.mark{white-space:nowrap}
.card{background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:16px;margin:0 0 16px;break-inside:avoid}
.chart{width:100%;height:auto;display:block;margin:8px 0}
.chart .g{stroke:var(--line)}.chart .s{stroke:var(--muted);stroke-dasharray:2 3}
.chart .t{fill:var(--muted);font-size:12px}
.chart path{fill:none;stroke-width:1.8;stroke-linejoin:round}
.chart .h{stroke:var(--ink)}.chart .p{fill:var(--ink)}.chart .f{stroke:var(--accent)}
.chart .d{stroke:var(--muted);stroke-dasharray:4 3;stroke-width:1.2}
.chart .b0{fill:var(--accent);fill-opacity:.14;stroke:none}.chart .b1{fill:var(--accent);fill-opacity:.22;stroke:none}
.key span{margin-right:16px;white-space:nowrap}.key i{display:inline-block;width:16px;height:10px;margin-right:6px;vertical-align:baseline}
.key .h{border-top:2px solid var(--ink);height:4px}.key .f{border-top:2px solid var(--accent);height:4px}.key .b1{background:var(--accent);opacity:.36}.key .b0{background:var(--accent);opacity:.14}
details{margin-top:8px}summary{cursor:pointer;color:var(--accent)}
a{color:var(--accent)}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:16px;font-size:12px;color:var(--muted);overflow-wrap:anywhere}
@media (max-width:640px){main{padding:16px}}
@media print{:root{--paper:#FFF;--surface:#FFF;--ink:#000;--muted:#444;--line:#CCC;--accent:#0B7A75}main{max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}details:not([open]){display:none}@page{margin:14mm}}
`
