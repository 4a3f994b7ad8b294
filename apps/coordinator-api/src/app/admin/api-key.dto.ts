import { IsInstant, type Role, ROLES } from '@aitbc/shared-core';
import { IsIn, IsOptional, Length, Matches } from 'class-validator';

/** Body of `POST /admin/api-keys`. */
export class CreateApiKeyDto {
  /** Who one is with this key: the owner of what it creates. */
  @Length(1, 200)
  @Matches(/^[A-Za-z0-9._:@-]+$/)
  subject: string;

  @IsIn(ROLES)
  role: Role;

  @IsOptional()
  @Length(1, 200)
  @Matches(/^\P{Cc}*$/u, { message: 'must not hold control characters' })
  label?: string;

  /** RFC 3339, in the future; without it the key is valid until it is revoked. */
  @IsOptional()
  @IsInstant()
  expires_at?: string;
}
