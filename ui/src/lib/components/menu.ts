// What stands in a menu.

export interface MenuItem {
  label: string;
  /** Quiet words at the far end: how many there are. */
  aside?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Given for choices only: whether this one holds. */
  chosen?: boolean;
  onselect: () => void;
}

export interface MenuGroup {
  label?: string;
  /** Whether several of its choices may hold at once. The menu then stays open for the next one. */
  many?: boolean;
  items: MenuItem[];
}
