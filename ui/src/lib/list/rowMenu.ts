// The entries of a row's menu: the same as the keys, plus the room's own.

export interface RowAction {
  label: string;
  /** The equivalent keys, in the notation of `shortcut.ts`. */
  keys?: string;
  danger?: boolean;
  onselect: () => void;
}
