/** The page's own style: light, calm, one column on a phone. */
export const STYLE = `
* { box-sizing: border-box; margin: 0; }
body { font: 13px/1.55 system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  color: #23272f; background: #f4f5f7; height: 100vh; display: flex; flex-direction: column; }
header { display: flex; align-items: baseline; gap: 12px; padding: 18px 24px 12px; }
h1 { font-size: 19px; font-weight: 650; }
h1 span, h2 span { font-weight: 400; color: #8a919e; }
header p { color: #6b7280; }
header p span { color: #9aa1ad; }
#live { width: 9px; height: 9px; border-radius: 50%; background: #cfd4dc; margin-left: auto; align-self: center; }
#live.on { background: #34a853; box-shadow: 0 0 0 4px #34a85322; }
header nav { flex: none; }
nav a { display: inline-block; padding: 4px 14px; border-radius: 15px; color: #4b5563; position: relative; }
nav a:hover { background: #e9ecf1; text-decoration: none; }
nav a span { color: #9aa1ad; }
nav a:first-child, body:has(#bot:target) nav a[href="#bot"] { background: #fff; color: #23272f; font-weight: 600;
  box-shadow: 0 1px 2px #10182814; }
body:has(#bot:target) nav a:first-child { background: none; box-shadow: none; color: #4b5563; font-weight: 400; }
header .news::after { content: ''; position: absolute; right: 4px; top: 4px; width: 8px; height: 8px; border-radius: 50%;
  background: #e5484d; }
main { flex: 1; min-height: 0; padding: 0 24px 24px; }
#rooms, #bot { height: 100%; }
#rooms { display: grid; grid-template-columns: repeat(auto-fit, minmax(228px, 1fr)); gap: 14px; }
section { display: flex; flex-direction: column; min-height: 0; background: #fff; border-radius: 12px; overflow: hidden;
  box-shadow: 0 1px 2px #1018280f, 0 4px 16px #1018280a; border-top: 3px solid var(--brand); }
h2 { font-size: 14px; font-weight: 600; padding: 11px 14px 9px; border-bottom: 1px solid #eef0f3; }
.dingtalk { --brand: #1677ff; } .feishu { --brand: #00b7a8; } .wecom { --brand: #3a7afe; }
.slack { --brand: #611f69; } .teams { --brand: #5b5fc7; }
.feed { flex: 1; overflow-y: auto; padding: 12px; background: #fafbfc; overflow-wrap: anywhere; }
.empty { color: #a2a9b4; text-align: center; padding: 48px 0; }
article { position: relative; background: #fff; border: 1px solid #e8ebef; border-left: 4px solid var(--tone);
  border-radius: 8px; padding: 9px 11px 22px; margin-bottom: 10px; --tone: #c3c9d2; --deep: #23272f; }
.critical { --tone: #e5484d; --deep: #b42328; } .warning { --tone: #f5a524; --deep: #96580a; }
.good { --tone: #30a46c; --deep: #1b7048; } .info { --tone: #3b82f6; --deep: #1d56b8; }
h3 { font-size: 13.5px; line-height: 1.4; font-weight: 650; margin-bottom: 5px; color: var(--deep); }
article p + p { margin-top: 2px; }
article br { line-height: .6; }
.fact span { color: #7a828f; margin-right: 3px; }
blockquote { border-left: 2px solid #dfe3e8; padding-left: 8px; color: #4b5563; }
hr { border: 0; border-top: 1px solid #eceff2; margin: 6px 0; }
a { color: #1d63d8; text-decoration: none; } a:hover { text-decoration: underline; }
.call { color: #1d63d8; background: #e9f1ff; border-radius: 4px; padding: 0 4px; font-weight: 500; }
time { position: absolute; right: 9px; bottom: 4px; font-size: 11px; color: #a2a9b4; }
.refused { position: relative; font-size: 12px; color: #8a5a5a; border: 1px dashed #ecc8c8; border-radius: 8px;
  padding: 7px 10px 20px; margin-bottom: 10px; background: #fffafa; }
.new { animation: come .5s ease-out; }
@keyframes come { from { opacity: 0; transform: translateY(8px); } }
@media (prefers-reduced-motion: reduce) { .new { animation: none; } }
@media (max-width: 720px) {
  body { height: auto; } header { flex-wrap: wrap; padding: 16px 14px 10px; } main { padding: 0 14px 20px; }
  header p span { display: block; } .feed { max-height: 70vh; } .empty { padding: 20px 0; }
}
`;
