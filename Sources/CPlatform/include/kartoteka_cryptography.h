// What OpenSSL offers only as macros, variadic functions or typed stacks, which Swift cannot see.
// Types are named by their struct tags, so that this header pulls in no OpenSSL header of its own.
#pragma once

struct bio_st;
struct evp_pkey_st;
struct stack_st_GENERAL_NAME;
struct X509_req_st;
struct x509_st;

/// A fresh P-256 key, or NULL.
struct evp_pkey_st *kartoteka_p256_generate(void);

/// The bytes a memory BIO holds; they stay owned by the BIO.
long kartoteka_bio_contents(struct bio_st *bio, const unsigned char **bytes);

/// Alternative names. `add` copies the bytes (type GEN_DNS, GEN_URI or GEN_IPADD) and returns 1, or 0 on failure.
struct stack_st_GENERAL_NAME *kartoteka_names_new(void);
int kartoteka_names_add(struct stack_st_GENERAL_NAME *names, int type, const unsigned char *bytes, int count);
int kartoteka_names_count(const struct stack_st_GENERAL_NAME *names);
/// The type of one name; for DNS, URI and address names also its bytes, which stay owned by `names`.
int kartoteka_names_get(const struct stack_st_GENERAL_NAME *names, int index, const unsigned char **bytes, int *count);
void kartoteka_names_free(struct stack_st_GENERAL_NAME *names);

/// The alternative names of a certificate or a request. `found` is -1 when there are none, -2 when the extension
/// occurs twice, and 0 or 1 when it is there; NULL with 0 or 1 means that it is malformed.
struct stack_st_GENERAL_NAME *kartoteka_certificate_names(const struct x509_st *certificate, int *found);
struct stack_st_GENERAL_NAME *kartoteka_request_names(struct X509_req_st *request, int *found);

/// Adds alternative names; 1, or 0 on failure.
int kartoteka_certificate_add_names(struct x509_st *certificate, struct stack_st_GENERAL_NAME *names, int critical);
int kartoteka_request_add_names(struct X509_req_st *request, struct stack_st_GENERAL_NAME *names);

/// Adds critical name constraints: of each type of name, what is permitted (a name with all below it, an address with its
/// mask) and what is not. 1, or 0 on failure.
int kartoteka_certificate_add_constraints(
    struct x509_st *certificate, const struct stack_st_GENERAL_NAME *permitted,
    const struct stack_st_GENERAL_NAME *excluded);
/// What the name constraints of a certificate permit; NULL if it has none, or none that can be read.
struct stack_st_GENERAL_NAME *kartoteka_certificate_permitted(const struct x509_st *certificate);

/// Adds an extension written in OpenSSL's configuration language: only ever called with constant text, for that
/// language lets a comma start another value. 1, or 0 on failure.
int kartoteka_certificate_add_extension(struct x509_st *certificate, struct x509_st *issuer, int nid, const char *text);
