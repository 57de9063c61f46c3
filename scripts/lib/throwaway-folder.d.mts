export function throwawayFolder(): string
