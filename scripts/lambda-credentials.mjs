// Lambda puts its role's credentials into the environment, so the SDK's other credential providers are not loaded.
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = (init) => fromEnv(init);
