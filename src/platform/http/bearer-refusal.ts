/**
 * Body of a refused JWT, in the words of the token library that two documented systems use.
 *
 * @param problem what is wrong with the credential; whatever is not listed is a token that is not good
 */
export function bearerRefusal(problem: string): unknown {
  switch (problem) {
    case 'bearer-malformed':
      return {
        detail: 'Authorization header must contain two space-delimited values',
        code: 'bad_authorization_header',
      }
    case 'jwt-without-user':
      return { detail: 'Token contained no recognizable user identification', code: 'token_not_valid' }
    case 'user-not-found':
      return { detail: 'User not found', code: 'user_not_found' }
    case 'user-inactive':
      return { detail: 'User is inactive', code: 'user_inactive' }
    case 'password-changed':
      return { detail: "The user's password has been changed.", code: 'password_changed' }
    case 'jwt-wrong-type':
      return invalidToken('Token has wrong type')
    default:
      return invalidToken('Token is invalid or expired')
  }
}

function invalidToken(message: string): unknown {
  return {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  }
}
