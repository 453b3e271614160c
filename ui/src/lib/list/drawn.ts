// Where and how the virtual list draws one of its rows; a row component takes all of it.
export interface Drawn {
  id: string;
  /** Pixels from the top of its day. */
  top: number;
  /** Whether it is selected, alone or with others. */
  selected: boolean;
  /** Whether the row above, or below, is selected with it, so that they are one block. */
  joinedAbove: boolean;
  joinedBelow: boolean;
  cursor: boolean;
  /** Whether a rule parts it from the row below. */
  ruled: boolean;
  /** Counted from 1, among so many rows; -1 while more can be read. */
  position: number;
  total: number;
}
