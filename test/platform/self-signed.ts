/** A certificate for localhost that no authority signed, with its key; valid for a hundred years and used by tests alone. */
export const selfSigned = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUeOVEybn4iIcvH0tUycseKmC1g1swCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA5NTUxM1oYDzIxMjYxMDI4
MDk1NTEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQQEefjO0o/FcSsehJLlGnDkyOBJFiKs9KVvpK4LHJyKXNyFslaKwlC
oLu94QBcq8/dLaUJ9tKnNNvAgl3Pu5ndo2kwZzAdBgNVHQ4EFgQUqqkmUjkgexy1
bGnVgqC6gDAdn2AwHwYDVR0jBBgwFoAUqqkmUjkgexy1bGnVgqC6gDAdn2AwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
RwAwRAIgDaAVxZKZlgiayLiOm5wFR+ARGRL9K2v1WIlWPEhdvcACIFIx7UHzUldk
iBBdh+md7N2/sQ9ZtVNvAU7J0RfyjMQQ
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgm1+uKBysONclRf3j
bLByvRnFFMbMWMyAM/8qo1UNKe2hRANCAAQQEefjO0o/FcSsehJLlGnDkyOBJFiK
s9KVvpK4LHJyKXNyFslaKwlCoLu94QBcq8/dLaUJ9tKnNNvAgl3Pu5nd
-----END PRIVATE KEY-----`,
} as const;
