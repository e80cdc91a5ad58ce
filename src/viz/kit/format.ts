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

/** A share of one as percent. Tiny is not nothing, and nearly all is not all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) {
    return '<0.1 %';
  }
  return share < 1 && share > 0.9995 ? '>99.9 %' : `${fixed(share * 100, 1)} %`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}

function raised(power: number): string {
  return minus(String(power)).replace(/[−\d]/g, sign =>
    sign === '−' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] as string)
  );
}
