/** Colours by class: light and on paper, then dark. Text on them keeps a contrast of 4.5 or more. */
const COLOURS: ReadonlyArray<readonly [selector: string, property: string, light: string, dark: string]> = [
	['body', 'background', '#ffffff', '#14181f'],
	['body', 'color', '#1c2430', '#e4e8ee'],
	['.note,figcaption,.facts dt,footer,summary', 'color', '#55606e', '#a7b1be'],
	['th,td,.facts div', 'border-color', '#d8dee6', '#333c48'],
	['.warning', 'background', '#fff4d6', '#3a2f12'],
	['.label', 'fill', '#1c2430', '#e4e8ee'],
	['.axis', 'fill', '#55606e', '#a7b1be'],
	['.grid', 'stroke', '#d8dee6', '#333c48'],
	['.average', 'stroke', '#8a94a3', '#77828f'],
	['.line', 'stroke', '#1d4f91', '#8ec1ff'],
	['.dot,.line-key', 'fill', '#1d4f91', '#8ec1ff'],
	['.machine', 'fill', '#c2650c', '#e8963e'],
	['.human', 'fill', '#1f8a70', '#46c3a3'],
	['.other', 'fill', '#9aa4b1', '#6d7885'],
	['.heat-none', 'fill', '#f4f6f8', '#1b212a'],
	['.heat-few', 'fill', '#e5e8ec', '#2a313b'],
	['.heat-0', 'fill', '#e3effb', '#1a2f4b'],
	['.heat-1', 'fill', '#bcd7f4', '#204a78'],
	['.heat-2', 'fill', '#86b5e8', '#2c69a8'],
	['.heat-3', 'fill', '#2f6cb8', '#82b6ee'],
	['.heat-4', 'fill', '#123c75', '#d3e6fb'],
	['.heat-few-ink', 'fill', '#55606e', '#a7b1be'],
	['.heat-0-ink,.heat-1-ink,.heat-2-ink', 'fill', '#10233d', '#ffffff'],
	['.heat-3-ink,.heat-4-ink', 'fill', '#ffffff', '#10233d'],
];

const colours = (theme: 2 | 3): string => COLOURS.map((entry) => `${entry[0]}{${entry[1]}:${entry[theme]}}`).join('\n');

/**
 * A closed table on paper, where browsers let a page lay it open; elsewhere neither it nor the word on it is printed.
 * Apart from the rest: there are mail programs that drop a style with one rule within another.
 */
export const PAPER_STYLE = `@supports selector(::details-content){@media print{details.on-paper{display:block}span.on-paper{display:inline}.on-paper summary{display:none}.on-paper::details-content{content-visibility:visible}section:has(.on-paper){break-inside:auto}}}`;

/** Written without variables and in plain rules, which mail programs keep. */
export const STYLE = `:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:800px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 4px}
h2{font-size:1.15rem;margin:40px 0 8px}
p{margin:4px 0 12px}
.facts{display:flex;flex-wrap:wrap;gap:8px;margin:20px 0 0}
.facts div{flex:1 1 96px;min-width:max-content;box-sizing:border-box;border:1px solid;border-radius:8px;padding:8px 12px}
.facts dt{font-size:.85rem}
.facts dd{margin:0;font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums}
.warning{border-radius:8px;padding:12px 16px;margin:16px 0}
figure{margin:0}
figcaption,.note,footer{font-size:.85rem}
figcaption{margin:8px 0}
figure>svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font-size:15px;font-variant-numeric:tabular-nums}
.strong{font-weight:600}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round}
.average{stroke-dasharray:5 5}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;margin:0 0 10px;padding:0;font-size:.85rem}
.legend li{display:flex;align-items:center;gap:6px}
.swatch{width:12px;height:12px}
details{margin:8px 0 0}
summary{cursor:pointer;font-size:.9rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid;white-space:nowrap}
th{font-weight:600}
tbody th{font-weight:400}
.number,.numbers td{text-align:right}
.wrap{white-space:normal;min-width:7em}
footer{margin-top:48px}
@media (max-width:520px){svg text{font-size:25px}.legend{gap:2px 12px}}
@media print{main{max-width:none;padding:0}details,.on-paper{display:none}.scroll{overflow:visible}th,td{white-space:normal}bdi{overflow-wrap:anywhere}section,figure,tr{break-inside:avoid}h2{break-after:avoid}svg,.facts,.warning{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
${colours(2)}
@media screen and (prefers-color-scheme:dark){
${colours(3)}
}`;
