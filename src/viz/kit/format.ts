/** Numbers as text: a real minus sign, no minus before zero, as many digits as count. */

export function fixed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** With a plus where it counts. */
export function signed(value: number, digits = 2): string {
  const text = fixed(value, digits);
  return text.startsWith('−') ? text : `+${text}`;
}

/** At most `digits` digits that count: 1234567 → 1.23 × 10⁶, 0.5 → 0.5. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value < 0 ? '−∞' : '∞';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
    const [digitsOf, power] = value.toExponential(digits - 1).split('e');
    return `${minus(String(Number(digitsOf)))} × 10${raised(Number(power))}`;
  }
  return minus(String(Number(value.toPrecision(digits))));
}

/** A negative number as a factor: in brackets, as school writes it. */
export function factor(value: number, digits = 2): string {
  const text = fixed(value, digits);
  return text.startsWith('−') ? `(${text})` : text;
}

/** A whole number, with commas between thousands. */
export function whole(value: number): string {
  return minus(Math.round(value).toLocaleString('en'));
}

/** A share of one as percent. Tiny is not nothing, and nearly all is not all. */
export function percent(share: number, digits = 1): string {
  const least = 10 ** -digits;
  if (share > 0 && share * 100 < least / 2) {
    return `<${least}%`;
  }
  return share < 1 && 100 - share * 100 < least / 2
    ? `>${100 - least}%`
    : `${fixed(share * 100, digits)}%`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}

function raised(power: number): string {
  return minus(String(power)).replace(/[−\d]/g, sign =>
    sign === '−' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] as string)
  );
}
