/** One message as a person sees it in the chat, read back from the payload that the platform was sent. */
export interface MessageView {
  title: string;
  /** Emoji or colour name that the platform shows for how bad it is; empty where there is none. */
  mark: string;
  /**
   * The body, line by line, with the platform's own markup already applied: bold as plain text, links and buttons as
   * `label <url>`, a list item as `• item`, a quoted line as `│ line`.
   */
  lines: string[];
  /** Who is really called by it, as the chat would show it: `@13800000000`, `@all`, ... */
  mentions: string[];
}
