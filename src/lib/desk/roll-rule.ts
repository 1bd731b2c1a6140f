/** Printed beside every number that depends on it. */
export const ROLL_RULE = 'a contract keeps its rank through its last trading day; ranks move on the next trading day'
