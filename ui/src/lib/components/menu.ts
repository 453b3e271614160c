// The entries of a menu.

export interface MenuItem {
  label: string;
  /** Secondary text at the far end, such as a count. */
  aside?: string;
  danger?: boolean;
  disabled?: boolean;
  /** For choices only: whether this one is chosen. */
  chosen?: boolean;
  onselect: () => void;
}

export interface MenuGroup {
  label?: string;
  /** Whether several of its choices can be chosen. The menu then stays open. */
  many?: boolean;
  items: MenuItem[];
}
