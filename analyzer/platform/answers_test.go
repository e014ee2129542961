package platform

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnswers(t *testing.T) {
	for _, name := range []string{"token", "accessToken", "access_token", "_id", "errMsg", "ERR_CODE"} {
		require.True(t, TellsOfCall(name), name)
	}
	for _, name := range []string{"mobile", "phone", "name", "data", "userInfo", "idCard", "idNo", ""} {
		require.False(t, TellsOfCall(name), name)
	}
	_, err := parseAnswers("token errMsg\nerr_msg")
	require.ErrorContains(t, err, "line 2: err_msg is given twice")
}
