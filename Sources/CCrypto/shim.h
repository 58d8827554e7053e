// SHA-256 on a plain state: OpenSSL 3 marks these functions deprecated in favour of contexts that cost more than a short hash.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
