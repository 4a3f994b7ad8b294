/**
 * Of the report. Colours are those of Okabe and Ito, which people with any kind of colour vision tell apart; red is for
 * what failed alone.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1b1f24; --quiet: #5b6470; --rule: #d9dde2; --band: #f1f3f6; --tolerant: #fdf3dc; --bar: #d3dae3;
  --good: #00734f; --bad: #c4390b; --p50: #0072b2; --p99: #8f4f80;
  --server-0: #0072b2; --server-1: #e69f00; --server-2: #009e73; --server-3: #56b4e9; --server-4: #cc79a7; --server-5: #9a8f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --text: #e4e7eb; --quiet: #98a2ae; --rule: #343a42; --band: #1c2127; --tolerant: #2f2815; --bar: #3a434e;
    --good: #3ccf9c; --bad: #ff7a4d; --p50: #4aa8e8; --p99: #dc9cc6;
    --server-0: #2f8fd0; --server-2: #12ad82; --server-5: #c4b72f;
  }
}
body { margin: 0 auto; max-width: 1160px; padding: 28px 24px 64px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; padding-left: 14px; border-left: 6px solid; }
h1.kept { color: var(--good); } h1.broken { color: var(--bad); }
h2 { font-size: 16px; margin: 36px 0 10px; }
p { margin: 0 0 20px; color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { font-weight: 600; color: var(--quiet); text-align: left; }
th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; } th.name { min-width: 170px; } th { vertical-align: bottom; }
ol.events { columns: 300px; font-size: 14px; margin: 10px 0; } ol.events .at { color: var(--quiet); font-variant-numeric: tabular-nums; }
td.reason { overflow-wrap: anywhere; }
.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
pre { margin: 0; font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--quiet); }
svg { display: block; width: 100%; min-width: 900px; height: auto; font: 11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
svg text { fill: var(--text); }
svg .tick { fill: var(--quiet); } svg .lane-title { font-weight: 600; font-size: 12px; }
svg .grid { stroke: var(--rule); } svg .axis { stroke: var(--quiet); }
svg .band { fill: var(--band); } svg .band.tolerant { fill: var(--tolerant); }
svg .phase rect { fill: var(--bar); } svg .phase.broken rect { fill: none; stroke: var(--bad); stroke-width: 1.5; }
svg .event { stroke: var(--text); stroke-dasharray: 2 3; opacity: .45; } svg .event.crowded { stroke-dasharray: none; }
svg .line { fill: none; stroke-width: 1.6; } svg .line.p50 { stroke: var(--p50); } svg .line.p99 { stroke: var(--p99); }
svg .tick.p50 { fill: var(--p50); } svg .tick.p99 { fill: var(--p99); }
svg .tick.failed { fill: var(--bad); font-weight: 700; }
svg .error-mark { fill: var(--bad); stroke: var(--ground); } svg .error-line { stroke: var(--bad); opacity: .75; }
svg .column { fill: transparent; } svg .column:hover { fill: var(--text); fill-opacity: .08; }
${Array.from({ length: 6 }, (_, index) => `svg .server-${index} { fill: var(--server-${index}); }`).join(' ')}
svg .server-unknown { fill: var(--quiet); }
`;
