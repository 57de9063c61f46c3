export function withDatabase(uri: string, database: string): string
