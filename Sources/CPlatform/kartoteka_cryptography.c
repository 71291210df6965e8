#include "kartoteka_cryptography.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

EVP_PKEY *kartoteka_p256_generate(void) { return EVP_EC_gen("P-256"); }

long kartoteka_bio_contents(BIO *bio, const unsigned char **bytes) {
    char *start = NULL;
    long count = BIO_get_mem_data(bio, &start);
    *bytes = (const unsigned char *)start;
    return count;
}

GENERAL_NAMES *kartoteka_names_new(void) { return sk_GENERAL_NAME_new_null(); }

int kartoteka_names_add(GENERAL_NAMES *names, int type, const unsigned char *bytes, int count) {
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *value = type == GEN_IPADD ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new();
    if (!name || !value || !ASN1_STRING_set(value, bytes, count)) {
        GENERAL_NAME_free(name);
        ASN1_STRING_free(value);
        return 0;
    }
    GENERAL_NAME_set0_value(name, type, value);
    if (!sk_GENERAL_NAME_push(names, name)) {
        GENERAL_NAME_free(name);
        return 0;
    }
    return 1;
}

int kartoteka_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

int kartoteka_names_get(const GENERAL_NAMES *names, int index, const unsigned char **bytes, int *count) {
    int type = 0;
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    const ASN1_STRING *value = name ? GENERAL_NAME_get0_value(name, &type) : NULL;
    *bytes = NULL;
    *count = 0;
    if (value && (type == GEN_DNS || type == GEN_URI || type == GEN_IPADD)) {
        *bytes = ASN1_STRING_get0_data(value);
        *count = ASN1_STRING_length(value);
    }
    return type;
}

void kartoteka_names_free(GENERAL_NAMES *names) { sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free); }

GENERAL_NAMES *kartoteka_certificate_names(const X509 *certificate, int *found) {
    return X509_get_ext_d2i(certificate, NID_subject_alt_name, found, NULL);
}

GENERAL_NAMES *kartoteka_request_names(X509_REQ *request, int *found) {
    STACK_OF(X509_EXTENSION) *extensions = X509_REQ_get_extensions(request);
    GENERAL_NAMES *names = NULL;
    *found = -1;
    if (extensions) {
        names = X509V3_get_d2i(extensions, NID_subject_alt_name, found, NULL);
        sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    }
    return names;
}

int kartoteka_certificate_add_names(X509 *certificate, GENERAL_NAMES *names, int critical) {
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, critical, X509V3_ADD_DEFAULT) == 1;
}

int kartoteka_request_add_names(X509_REQ *request, GENERAL_NAMES *names) {
    STACK_OF(X509_EXTENSION) *extensions = NULL;
    int done = X509V3_add1_i2d(&extensions, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1
        && X509_REQ_add_extensions(request, extensions) == 1;
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    return done;
}

static STACK_OF(GENERAL_SUBTREE) *subtrees(const GENERAL_NAMES *names) {
    STACK_OF(GENERAL_SUBTREE) *trees = sk_GENERAL_SUBTREE_new_null();
    for (int index = 0; trees && index < sk_GENERAL_NAME_num(names); index++) {
        GENERAL_SUBTREE *tree = GENERAL_SUBTREE_new();
        GENERAL_NAME *base = GENERAL_NAME_dup(sk_GENERAL_NAME_value(names, index));
        if (!tree || !base || !sk_GENERAL_SUBTREE_push(trees, tree)) {
            GENERAL_SUBTREE_free(tree);
            GENERAL_NAME_free(base);
            sk_GENERAL_SUBTREE_pop_free(trees, GENERAL_SUBTREE_free);
            return NULL;
        }
        GENERAL_NAME_free(tree->base);
        tree->base = base;
    }
    return trees;
}

int kartoteka_certificate_add_constraints(X509 *certificate, const GENERAL_NAMES *permitted, const GENERAL_NAMES *excluded) {
    NAME_CONSTRAINTS *constraints = NAME_CONSTRAINTS_new();
    if (!constraints) return 0;
    // An empty list must be left out (RFC 5280 section 4.2.1.10).
    if (sk_GENERAL_NAME_num(permitted) > 0) constraints->permittedSubtrees = subtrees(permitted);
    if (sk_GENERAL_NAME_num(excluded) > 0) constraints->excludedSubtrees = subtrees(excluded);
    int done = (sk_GENERAL_NAME_num(permitted) == 0 || constraints->permittedSubtrees)
        && (sk_GENERAL_NAME_num(excluded) == 0 || constraints->excludedSubtrees)
        && X509_add1_ext_i2d(certificate, NID_name_constraints, constraints, 1, X509V3_ADD_DEFAULT) == 1;
    NAME_CONSTRAINTS_free(constraints);
    return done;
}

GENERAL_NAMES *kartoteka_certificate_permitted(const X509 *certificate) {
    NAME_CONSTRAINTS *constraints = X509_get_ext_d2i(certificate, NID_name_constraints, NULL, NULL);
    GENERAL_NAMES *names = constraints ? sk_GENERAL_NAME_new_null() : NULL;
    for (int index = 0; names && index < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); index++) {
        GENERAL_NAME *base = GENERAL_NAME_dup(sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, index)->base);
        if (!base || !sk_GENERAL_NAME_push(names, base)) {
            GENERAL_NAME_free(base);
            kartoteka_names_free(names);
            names = NULL;
        }
    }
    NAME_CONSTRAINTS_free(constraints);
    return names;
}

int kartoteka_certificate_add_extension(X509 *certificate, X509 *issuer, int nid, const char *text) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, text);
    if (!extension) return 0;
    int done = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}
