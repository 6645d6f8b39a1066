/** Of the case bot's part: a list of talks beside the chosen one where there is room, above it where there is not. */
export const TALKS_STYLE = `
#bot { display: none; grid-template-columns: repeat(auto-fit, minmax(min(100%, 410px), 1fr));
  grid-auto-rows: minmax(max(520px, 85%), 1fr); gap: 14px; overflow-y: auto; }
#bot:target { display: grid; }
body:has(#bot:target) #rooms { display: none; }
.workspace { container-type: inline-size; }
.desk { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.talks { flex: none; max-height: 148px; overflow-y: auto; padding: 6px; border-bottom: 1px solid #eef0f3; }
.panes { flex: 1; min-width: 0; min-height: 0; }
@container (min-width: 640px) {
  .desk { flex-direction: row; }
  .talks { width: 236px; max-height: none; border-bottom: 0; border-right: 1px solid #eef0f3; }
}
.talks button { position: relative; display: block; width: 100%; padding: 6px 44px 6px 9px; border: 0; border-radius: 8px;
  background: none; font: inherit; color: inherit; text-align: left; cursor: pointer; overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; }
.talks button:hover { background: #f4f6f9; }
.talks [aria-pressed=true] { background: #eaf1fd; font-weight: 600; }
.talks .news::after { content: ''; position: absolute; right: 10px; top: 11px; width: 8px; height: 8px; border-radius: 50%;
  background: #e5484d; }
.talks small { display: block; font-size: 11.5px; font-weight: 400; color: #7a828f; overflow: hidden;
  text-overflow: ellipsis; }
.talks time { font-weight: 400; }
.talks summary { padding: 5px 9px; color: #7a828f; cursor: pointer; border-radius: 8px; }
summary span, .who span, .mention span, .share span, .empty span { color: #a2a9b4; }
.pane { height: 100%; display: flex; flex-direction: column; }
.pane[hidden] { display: none; }
.head { padding: 8px 14px; border-bottom: 1px solid #eef0f3; color: #7a828f; font-size: 12px; overflow-wrap: anywhere;
  max-height: 30%; overflow-y: auto; }
.head h3 { display: inline; color: #23272f; } .head h3 + p { display: inline; margin-left: 8px; }
.head span { color: #9aa1ad; } .head i { color: #b0763a; font-style: normal; } .head i span { color: #cfa57c; }
.members span:not([lang]) { display: inline-block; color: #5b6370; background: #f1f3f6; border-radius: 9px; padding: 0 8px;
  margin: 3px 4px 0 0; }
.tabs a, .tabs > span { display: inline-block; border: 1px solid #dfe5ee; border-radius: 6px; padding: 0 8px;
  margin: 4px 5px 0 0; }
.pane .feed { padding: 14px max(14px, calc(50% - 460px)); }
.pane article { max-width: 680px; }
.by { font-size: 11.5px; color: #7a828f; margin-bottom: 3px; } .by span { color: #a2a9b4; }
.bot { width: fit-content; min-width: min(100%, 300px); margin-right: 28px; }
.person { width: fit-content; min-width: 90px; margin-left: auto; background: #e8f1ff; border-color: #d5e4fb;
  border-left: 1px solid #d5e4fb; }
.pane .refused { width: fit-content; margin-left: auto; min-width: 180px; }
.controls { display: flex; flex-wrap: wrap; gap: 7px; margin: 9px 0 4px; }
.press, .say > button { font: inherit; border: 1px solid #c9d7ee; color: #1d56b8; background: #f5f9ff; border-radius: 7px;
  padding: 4px 13px; cursor: pointer; max-width: 100%; overflow-wrap: anywhere; }
.press:hover { background: #e6f0ff; }
.press:disabled, fieldset:disabled .press { color: #a2a9b4; background: #f6f7f9; border-color: #e4e7ec; cursor: default; }
.fill { width: 100%; }
fieldset { border: 1px solid #e8ebef; border-radius: 8px; background: #fafbfc; padding: 10px 12px; display: grid; gap: 8px;
  justify-items: start; min-width: 0; }
.fill label { width: 100%; min-width: 0; } .fill label span { display: block; color: #5b6370; font-size: 12px; }
.fill textarea, .fill select { width: 100%; }
textarea, select { font: inherit; color: inherit; border: 1px solid #d5dae2; border-radius: 7px; padding: 4px 8px;
  background: #fff; max-width: 100%; }
textarea { display: block; field-sizing: content; resize: vertical; max-height: 220px; min-height: 30px; }
::placeholder { color: #a2a9b4; }
:disabled textarea, :disabled select { color: #a2a9b4; }
:focus-visible { outline: 2px solid #1d63d8; outline-offset: 1px; }
.say { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 7px; padding: 9px 12px 10px;
  border-top: 1px solid #eef0f3; }
.say > div { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; font-size: 12px;
  color: #5b6370; }
.who select { padding: 1px 4px; max-width: 150px; } .mention { cursor: pointer; } .mention input { vertical-align: -2px; }
.share { cursor: pointer; position: relative; } .share input { position: absolute; width: 1px; height: 1px; opacity: 0; }
.share:focus-within { outline: 2px solid #1d63d8; border-radius: 4px; }
.say > button { align-self: end; color: #fff; background: #1d63d8; border-color: #1d63d8; padding: 4px 16px; min-height: 30px; }
.say > button span { color: #c3d8fb; }
.thread { position: absolute; left: 11px; bottom: 3px; border: 0; background: none; font: inherit; font-size: 11px;
  color: #7a828f; padding: 0; cursor: pointer; } .thread:hover { color: #1d63d8; } .thread span { color: #a2a9b4; }
article:has(.thread) { min-width: 190px; }
.inside { grid-column: 1 / -1; font-size: 12px; color: #5b6370; overflow-wrap: anywhere; } .inside span { color: #a2a9b4; }
.inside button { border: 0; background: none; font: inherit; color: #7a828f; cursor: pointer; padding: 0 6px; }
.say output { grid-column: 1 / -1; font-size: 12px; color: #7a828f; overflow-wrap: anywhere; }
.say output:empty { display: none; } .say .failed { color: #b42328; } .say .unheard { color: #96580a; }
@media (max-width: 720px) { #bot { grid-auto-rows: auto; } .pane .feed { max-height: 62vh; min-height: 220px; }
  .pane article { max-width: none; } }
`;
