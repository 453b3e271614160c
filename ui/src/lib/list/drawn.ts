// Where and how the virtual list draws a row, passed to the row component.
export interface Drawn {
  id: string;
  /** Pixels from the top of its day. */
  top: number;
  /** Whether it is selected, alone or with others. */
  selected: boolean;
  /** Whether the row above (below) is selected too, so that they form one block. */
  joinedAbove: boolean;
  joinedBelow: boolean;
  cursor: boolean;
  /** Whether a rule separates it from the row below. */
  ruled: boolean;
  /** Counted from 1, out of `total`; `total` is -1 while more can be read. */
  position: number;
  total: number;
}
