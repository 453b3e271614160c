// What the menu of a row offers: the same as the keys, and what a room adds.

export interface RowAction {
  label: string;
  /** The keys that do the same, as `shortcut.ts` reads them. */
  keys?: string;
  danger?: boolean;
  onselect: () => void;
}
