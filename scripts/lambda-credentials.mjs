// Lambda puts its role's credentials into the environment, so the other places that the SDK would look in need not be loaded.
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = (init) => fromEnv(init);
