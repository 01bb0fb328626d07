export { exactDraw, exactDraws, reasonAgainstExactDraw } from "./exactDraw";
export { literalErrors } from "./literal";
